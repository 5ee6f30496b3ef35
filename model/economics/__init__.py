"""The economics of one draw: axes, records, formulas, the compiled loop, real options.

Whatever turns quantities into USD billion. Not how quantities are drawn (`sampling/`), nor when a
real option is exercised (`stopping/`).
"""
