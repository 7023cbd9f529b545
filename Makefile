texts:
	.venv/bin/python packaging/texts.py
