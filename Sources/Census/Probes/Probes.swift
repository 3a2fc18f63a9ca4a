/// Every probe, in the order in which a silent port is asked where its number gives no hint.
///
/// To add one: a file in this folder (`scripts/new-probe NAME` writes it) and a line here. The tests do the rest.
package let probes: [any Probe] = [
    SSHProbe(),
    SMTPProbe(),
    FTPProbe(),
    RsyncProbe(),
    HTTPProbe(),
    TLSProbe(),
    DNSProbe(),
]
