"""Files of the Beneficiary Module, read and filled as they are: no layout of ours is ever imposed on them."""
