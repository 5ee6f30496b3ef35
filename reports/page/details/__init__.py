"""What the run was checked for, and all that stands behind the answer, one idea a file."""
