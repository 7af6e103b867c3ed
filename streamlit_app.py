"""The entry point of the web app: `streamlit run streamlit_app.py [-- FOLDER]`."""

from timeline.app import main

main()
