"""Search over what was circulated: rows written from sealed content, one copy for members and one for the public."""
