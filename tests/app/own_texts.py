"""A folder of one text, and texts of a reader's own that tell some of it and more."""

from tests.file_samples import STORY

# The folder knows the opening; the reader's texts tell it too, and a visit that is new.
FOLDER = "\n\n".join(STORY) + "\n\nOn 9 July 2022 Decree 58/2022/ND-CP was issued by the Government of Vietnam."
KNOWN = "The Tra Linh - Longbang border gate was opened to travellers of third countries on 5 May 2024."
NEW = "On 12 March 2023 leaders of Ha Giang province held talks with leaders of Yunnan in Kunming city."
