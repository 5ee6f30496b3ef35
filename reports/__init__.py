"""What people and programs read of a run: its folder, its words, tables and the HTML page.

Numbers are prepared apart from drawing. No figure is computed here.
"""
