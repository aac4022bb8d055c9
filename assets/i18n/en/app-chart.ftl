# Charts and numbers of a field
