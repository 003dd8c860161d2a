"""Many documents: JSON Lines in, JSON Lines or Parquet out, in constant memory, on every core.

A run that was killed goes on where it stopped: nothing is lost and nothing comes twice.
"""

from standoff.read.bulk.items import BatchItem, items_of
from standoff.read.bulk.run import BatchResult, Progress, read_batch

__all__ = ["BatchItem", "BatchResult", "Progress", "items_of", "read_batch"]
