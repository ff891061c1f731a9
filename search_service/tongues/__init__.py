"""The pages' second language: Vietnamese as it is written in templates and code, English by looking that up."""
