"""Static files under names that carry their content's hash, ES modules and their imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModuleStorage(CompressedManifestStaticFilesStorage):
    """Hash, rewrite `import … from "./x.js";` in modules, and precompress (gzip, brotli)."""

    support_js_module_import_aggregation = True
