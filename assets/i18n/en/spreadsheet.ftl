# Spreadsheets
