"""Pictures of originals' pages (ảnh trang): drawn apart, kept in a cache, with the places of their words."""
