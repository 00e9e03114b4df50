"""The design language in code: ``docs/design-language.md`` says it in words."""
