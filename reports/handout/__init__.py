"""The answer in forms to pass on: plain text, a workbook, one printed page."""
