"""The embedded model: one small encoder with heads, run on onnxruntime, shipped with its weights and its card."""
