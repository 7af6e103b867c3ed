"""Builds larger than memory: the same pipeline in parts, by any number of processes, and anew only where something changed.

    files → buckets, read (reading) → blocks, links (blocks) → components (components) → partitions, fused (fusing)

Each step is a task over parts, which any crew may run (`timeline.crew`); the tables are those of `timeline.build`, row for row.
"""

from timeline.partitioned.building import Built, build_parts

__all__ = ["Built", "build_parts"]
