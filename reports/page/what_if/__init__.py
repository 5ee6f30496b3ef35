"""What the page carries so that its reader can move the priors: draws' recipe, rules, figures."""
