"""The one door to llama.cpp: every use of it is imported through here.

Its threads wait for each other by spinning. Where another program wants the processor too, a spinning thread
takes the time that the one it waits for needs: measured on two busy cores, a sentence's vector took 165 ms, and
41 ms with waiting threads asleep. So they sleep, unless whoever starts the program says otherwise.
"""

import os
from types import ModuleType


def llama_cpp() -> ModuleType:
    """The llama_cpp package; imported at the first call, which takes about a third of a second."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # read once, when the library is loaded
    import llama_cpp as package

    return package
