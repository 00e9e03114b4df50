"""Course packs and documents: reading, checking, packing, signing, installing. No retrieval here."""
