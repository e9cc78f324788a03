"""The pack engine: sealed content in, one tagged and page-true PDF out.

Pure functions at the core (`public`, `fragments`, `typesetting`, `ledger`, `assembly`, `leaks`), tasks at the edge
(`boards/tasks.py`). `pack.build_pack_bytes` is the whole way in one call.
"""
