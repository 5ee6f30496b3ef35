"""What callers hand to a public function: checked at its door, and made what the function works on.

Analyses below the door see finite figures in double precision, in memory, labels in one order.
"""
