from fenghuo.kernel.web.addresses import has_page

has_page("team", "teams:team")
