"""The website and the hurried settings that the tests of the crawl have."""

from tests.flows.crawl.conftest import settings as settings
from tests.flows.crawl.conftest import website as website
