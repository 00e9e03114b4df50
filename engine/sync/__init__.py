"""Events out, events in. So far the append-only log and its envelope."""
