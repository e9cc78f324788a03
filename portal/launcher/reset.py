"""`make reset`: remove everything this checkout keeps under `var/`, after asking."""

import os
import shutil
import sys

from portal.launcher import place as places
from portal.launcher.database import BASE_DIR, is_kept


def main() -> int:
    var = places.var_folder(BASE_DIR, os.environ)
    if is_kept(var):
        print("The portal is running. Stop it first.")
        return 1
    if "--yes" not in sys.argv and input(f"Remove the database, files and logs of {var}? Type yes: ").strip() != "yes":
        print("Nothing was removed.")
        return 1
    place = places.find(var)
    if place and place.home != place.desk:
        shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)
    print("Removed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
