"""What an office makes of the matrix: a circular (通报) and the year's appraisal (考核), for Word and Excel.

They are official Chinese papers: their words are Chinese whatever language the pages speak.
"""

from .appraisal_book import appraisal_book
from .appraisal_word import appraisal_docx
from .circular import circular_docx
from .figures import Figures, figures_of, may_compare

__all__ = ["Figures", "appraisal_book", "appraisal_docx", "circular_docx", "figures_of", "may_compare"]
