from fenghuo.kernel.web.addresses import has_page

has_page("person", "registers:row", "pk", before=("people",))
