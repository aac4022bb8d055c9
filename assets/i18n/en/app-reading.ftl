# How a file is read: encoding and place
