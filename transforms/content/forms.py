"""What form an article has: a text, a live blog, a gallery, a video or a recording."""

import re

from transforms.content.linked import kinds
from transforms.content.page import Page

ARTICLE, LIVE_BLOG, GALLERY, VIDEO, AUDIO = FORMS = ("article", "live_blog", "gallery", "video", "audio")

OF_KIND = {
    "LiveBlogPosting": LIVE_BLOG,
    "ImageGallery": GALLERY,
    "MediaGallery": GALLERY,
    "VideoObject": VIDEO,
    "Clip": VIDEO,
    "AudioObject": AUDIO,
    "PodcastEpisode": AUDIO,
    "RadioEpisode": AUDIO,
}
OF_OG_TYPE = re.compile(r"^(?P<video>video)|^(?P<audio>music|audio)|(?P<gallery>gallery|slideshow)", re.IGNORECASE)


def form_of(page: Page) -> str:
    """One of FORMS. A page that says nothing of itself is an article; an article that holds a video is one too."""
    own = [OF_KIND[kind] for kind in kinds(page.article) if kind in OF_KIND]
    if own:
        return own[0]
    stated = [OF_KIND[kind] for item in page.linked_data for kind in kinds(item) if kind in OF_KIND]
    scoped = [
        OF_KIND[kind]
        for element in page.tree.iterfind(".//*[@itemtype]")
        if (kind := (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1])
        in (OF_KIND.keys() - {"VideoObject"})
    ]
    if LIVE_BLOG in (*stated, *scoped):
        return LIVE_BLOG
    if not page.article and GALLERY in (*stated, *scoped):  # an article may well hold one
        return GALLERY
    og_type = next(page.stated("og:type"), "")
    match = OF_OG_TYPE.match(og_type)
    if match and match.lastgroup:
        return match.lastgroup
    if not page.article and og_type.lower() != "article" and stated:
        return stated[0]
    return ARTICLE
