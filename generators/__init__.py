"""A card becomes a document: letters as DOCX, DOCX as PDF."""
