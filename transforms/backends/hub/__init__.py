"""Any transformers checkpoint of a fixed revision as the maker of a column. torch comes with the extra `hub`."""
