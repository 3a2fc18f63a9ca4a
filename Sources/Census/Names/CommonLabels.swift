/// Labels that are looked up in a zone whose transfer is refused.
///
/// A short list of what operators call their machines, so that a zone costs tens of questions and not thousands; the
/// document lists them too.
package let commonLabels = [
    "www", "mail", "smtp", "mx", "mx1", "mx2", "ns", "ns1", "ns2", "ns3", "ftp", "webmail", "portal", "vpn", "remote",
    "gate", "files", "cloud", "disk", "data", "backup", "test", "dev", "news", "archive", "library", "shop", "blog",
    "api", "admin", "login", "intranet", "proxy", "git", "media", "static", "img", "web", "web1", "db",
]
