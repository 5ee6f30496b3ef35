"""Words and numbers for readers: units, digits, verdicts, names. No markup and no drawing."""
