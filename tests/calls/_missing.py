"""Say which public callables and errors have no case yet: ``python -m tests.calls._missing``."""

from tests import calls

if __name__ == "__main__":
    called = {name.partition(":")[0] for name in calls.every_call()}
    refused = {name.partition(":")[0] for name in calls.every_error()}
    print("no call:", *sorted(set(calls.public_callables()) - called))
    print("unknown call:", *sorted(called - set(calls.public_callables())))
    print("no error:", *sorted(set(calls.public_errors()) - refused))
    print("unknown error:", *sorted(refused - set(calls.public_errors())))
