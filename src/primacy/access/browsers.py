"""A browser in two words, for the list of one's sessions: enough to know one's own, too little to follow anybody."""

FAMILIES = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str) -> str:
    """As "Firefox, Windows"; nothing where it says nothing known. The order decides: Chrome also says Safari."""
    found = [next((name for sign, name in table if sign in agent), "") for table in (FAMILIES, SYSTEMS)]
    return ", ".join(each for each in found if each)
