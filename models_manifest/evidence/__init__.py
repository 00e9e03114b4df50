"""Makes the evidence model: reads question and sentence together and says whether the one answers the other.

``python -m models_manifest.evidence`` is its command line; docs/decisions/0015 says why it is as it is. Nothing of the
product imports this package.
"""
