"""The public Python interface: nothing but re-exports, loaded on first use."""
