"""Exchange: tables of records out to a spreadsheet and back; only what was changed there changes in the data."""
