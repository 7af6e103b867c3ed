"""The looks of an open event, and of the corrections that the change log shows in the same way."""

CSS = """
<style>
.tl-event h3 { font-size: 1.02rem; font-weight: 650; margin: 1.1rem 0 0.3rem; padding: 0; }
.tl-event h4 { font-size: 0.88rem; font-weight: 650; margin: 0.9rem 0 0.1rem; padding: 0; }
.tl-event .tl-other { margin: -0.5rem 0 0.8rem; font-size: 0.88rem; opacity: 0.8; }
.tl-event .tl-own { border: 1px dashed currentColor; border-radius: 4px; padding: 0.3rem 0.6rem; font-size: 0.88rem; margin: 0 0 0.8rem; }
.tl-gate + .tl-gate { margin-top: 0.4rem; }
.tl-event dd ol { margin: 0.2rem 0 0; padding-inline-start: 1.2rem; }
.tl-event dd, .tl-event li { overflow-wrap: anywhere; }
.tl-event ul { margin: 0.2rem 0 0; padding-inline-start: 1.2rem; font-size: 0.92rem; }
.tl-event li { margin: 0.15rem 0 0; }
.tl-event li small { opacity: 0.8; }
.tl-event p.tl-value, .tl-cells p { overflow-wrap: anywhere; margin: 0.3rem 0 0; font-size: 0.9rem; }
.tl-cells ul { font-size: 0.84rem; }
.st-key-series button, .st-key-kin button { justify-content: flex-start; text-align: start; padding: 0.15rem 0; min-height: 0; }
.st-key-series, .st-key-kin { gap: 0.35rem; margin-top: -0.4rem; }
.st-key-series button p, .st-key-kin button p { font-size: 0.875rem; line-height: 1.35; text-align: start; }
.st-key-series button > div, .st-key-kin button > div { justify-content: flex-start; }
.st-key-series button p, .st-key-kin button p { text-decoration: underline; text-underline-offset: 3px; }
.tl-change h3 { margin-top: 0; }
[class*="st-key-change-"] button { padding: 0; min-height: 0; text-align: start; }
[class*="st-key-change-"] button p { font-size: 0.875rem; text-decoration: underline; text-underline-offset: 3px; text-align: start; }
</style>
"""
