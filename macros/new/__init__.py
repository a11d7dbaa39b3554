"""New: write a record of the data with every field explained, checked with the whole project before it is kept."""
