"""The child process of `pdf_file`: a PDF on standard input, its pages as JSON on standard output.

Run as a script, so that it loads nothing of this library: it is to start in a blink and to hold nothing of value.
Arguments: seconds, bytes of memory, pages, characters. Answers `{"pages": […]}` or `{"fault": code}`.
"""

from __future__ import annotations

import io
import json
import sys


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the parent's clock alone must do
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it has no file to write
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _pages(data: bytes, most_pages: int, most_characters: int) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        # Many a PDF is encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "locked"}
        if len(reader.pages) > most_pages:
            return {"fault": "pages"}
        texts: list[str] = []
        left = most_characters
        for page in reader.pages:
            texts.append(page.extract_text())
            left -= len(texts[-1])
            if left < 0:
                return {"fault": "long"}
    except DependencyError:
        return {"fault": "cipher"}
    except MemoryError:
        return {"fault": "memory"}
    except Exception:
        return {"fault": "damaged"}
    return {"pages": texts}


def main() -> None:
    """Read, answer, and be done."""
    seconds, memory, pages, characters = map(int, sys.argv[1:5])
    _limit(seconds, memory)
    answer = json.dumps(_pages(sys.stdin.buffer.read(), pages, characters))  # ASCII: lone surrogates pass unharmed
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
