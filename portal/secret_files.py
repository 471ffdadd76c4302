"""Secrets that nobody has to think up: given by the environment, or made once and kept in a file of the owner's."""

import os
import secrets
from pathlib import Path


def secret(name: str, folder: Path) -> str:
    """Return the secret `name`: from the variable `name`, from the file that `name`_FILE points at, or from `folder`.

    Where none of the three has it, a random one is made and kept in `folder`/`name` with mode 0600. Two processes
    that start together agree: the file appears whole, and only the first one's. Raises OSError when `folder` can't be
    written.
    """
    if os.environ.get(name):
        return os.environ[name]
    if os.environ.get(f"{name}_FILE"):
        return Path(os.environ[f"{name}_FILE"]).read_text(encoding="ascii").strip()
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            # Another process was faster: its secret is the one that counts.
            draft.unlink()
        else:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
