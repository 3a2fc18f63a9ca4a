import Domain

/// Small scan files, written to the shape of each program's output. The addresses are for documentation (RFC 5737).
enum ScanSamples {
    static let normal = """
        # Nmap 7.80 scan initiated Mon Sep 13 00:00:05 2021 as: nmap -p 1-1000 -sV -T4 -v -oN a.txt -n 192.0.2.0/29
        Nmap scan report for 192.0.2.0 [host down]
        Nmap scan report for 192.0.2.1 [host down]
        Increasing send delay for 192.0.2.2 from 0 to 5 due to 11 out of 20 dropped probes since last increase.
        Nmap scan report for 192.0.2.2
        Host is up (0.37s latency).
        Not shown: 998 filtered ports
        PORT    STATE SERVICE    VERSION
        80/tcp  open  http       Apache httpd 2.2.15 ((CentOS))
        443/tcp open  ssl/https?
        Warning: OSScan results may be unreliable because we could not find at least 1 open and 1 closed port
        Running: Linux 2.6.X

        Nmap scan report for mail.example (192.0.2.3)
        Host is up (0.37s latency).
        Not shown: 996 closed ports
        PORT    STATE    SERVICE VERSION
        22/tcp  open     ssh     OpenSSH 5.3 (protocol 2.0)
        | ssh-hostkey: 
        |   1024 aa:bb:cc (DSA)
        |_  2048 dd:ee:ff (RSA)
        25/tcp  open     smtp    Postfix smtpd
        135/tcp filtered msrpc
        443/tcp open     ssl/http nginx 1.18.0
        | ssl-cert: Subject: commonName=mail.example
        | MD5:   0011
        |_SHA-1: AB12 cd34

        Nmap scan report for 192.0.2.4 [host down]
        Nmap scan report for 192.0.2.5 [host down]
        Nmap scan report for 192.0.2.6 [host down]
        Nmap scan report for 192.0.2.7 [host down]
        Read data files from: /usr/bin/../share/nmap
        # Nmap done at Mon Sep 13 00:37:23 2021 -- 8 IP addresses (2 hosts up) scanned in 2238.12 seconds

        """

    static let xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE nmaprun>
        <!-- Nmap 7.93 scan initiated Sun Nov 22 06:15:27 2026 as: nmap -sV -oX - 192.0.2.0/30 -->
        <nmaprun scanner="nmap" args="nmap -sV -p 22,80,81,82 -oX - 192.0.2.0/30" start="1631491205" version="7.93">
        <scaninfo type="syn" protocol="tcp" numservices="4" services="22,80-82"/>
        <hosthint><status state="up" reason="unknown-response"/><address addr="192.0.2.3" addrtype="ipv4"/></hosthint>
        <host starttime="1631491205" endtime="1631491206"><status state="up" reason="echo-reply" reason_ttl="64"/>
        <address addr="192.0.2.1" addrtype="ipv4"/>
        <address addr="00:00:00:00:00:00" addrtype="mac"/>
        <ports><extraports state="closed" count="2"><extrareasons reason="reset" count="2" proto="tcp" ports="81-82"/>
        </extraports>
        <port protocol="tcp" portid="22"><state state="filtered" reason="no-response"/><service name="ssh" method="table"/></port>
        <port protocol="tcp" portid="80"><state state="open" reason="syn-ack"/><service name="http" product="nginx" version="1.18.0" extrainfo="a &lt;b&gt; &amp; &#x63;" tunnel="ssl" method="probed" conf="10"/><script id="ssl-cert" output="Subject&#xa;"><table key="pubkey"><elem key="bits">2048</elem></table>
        <elem key="sha1">AB12</elem>
        </script></port>
        </ports>
        </host>
        <runstats><finished time="1631491300" timestr="x" elapsed="95" exit="success"/><hosts up="1" down="3" total="4"/>
        </runstats>
        </nmaprun>

        """

    static let grepable = """
        # Nmap 7.93 scan initiated Mon Sep 13 00:00:05 2021 as: nmap -sV -v -p 1-30 -oG - 192.0.2.0/30
        # Ports scanned: TCP(30;1-30) UDP(0;) SCTP(0;) PROTOCOLS(0;)
        Host: 192.0.2.0 ()\tStatus: Down
        Host: 192.0.2.1 (a.example)\tStatus: Up
        Host: 192.0.2.1 (a.example)\tPorts: 22/open/tcp//ssh//OpenSSH 5.3 (protocol 2.0)/, 25/filtered/tcp//smtp///\tIgnored State: closed (28)
        Host: 192.0.2.2 ()\tStatus: Timeout
        Host: 192.0.2.3 ()\tStatus: Down
        # Nmap done at Mon Sep 13 00:00:25 2021 -- 4 IP addresses (1 host up) scanned in 20.00 seconds

        """

    static let masscanList = """
        #masscan
        open tcp 80 192.0.2.9 1631491205
        open tcp 443 192.0.2.10 1631491300
        banner tcp 80 192.0.2.9 1631491301 http x
        closed tcp 81 192.0.2.9 1631491302
        open udp 53 192.0.2.10 1631491303
        # end

        """

    static let masscanJSON = """
        [
        {   "ip": "192.0.2.9",   "timestamp": "1631491205", "ports": [ {"port": 80, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 52} ] },
        {   "ip": "192.0.2.10",   "timestamp": "1631491300", "ports": [ {"port": 443, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 52} ] },
        {finished: 1}
        ]

        """

    static let zmap = """
        saddr,sport,classification,success,timestamp_ts
        192.0.2.9,80,synack,1,1631491205
        192.0.2.10,80,rst,0,1631491206
        192.0.2.11,80,synack,1,1631491300

        """

    static let zgrab = """
        {"ip":"192.0.2.9","data":{"ssh":{"status":"success","protocol":"ssh","port":22,"timestamp":"2021-09-13T00:00:05Z","result":{"server_id":{"raw":"SSH-2.0-OpenSSH_5.3","software":"OpenSSH_5.3"},"key_exchange":{"server_host_key":{"fingerprint_sha256":"ab12"}}}}}}
        {"ip":"192.0.2.10","data":{"http":{"status":"success","protocol":"http","port":80,"timestamp":"2021-09-13T00:00:06+00:00","result":{"response":{"headers":{"server":["nginx/1.18.0"]}}}}}}
        {"ip":"192.0.2.11","data":{"ssh":{"status":"connection-refused","protocol":"ssh","port":22}}}
        {"ip":"192.0.2.12","data":{"ssh":{"status":"connection-timeout","protocol":"ssh","port":22}}}

        """

    /// Every sample by the name of the form it is to be read as.
    static let all: [(form: String, text: String)] = [
        ("nmap -oN", normal), ("nmap -oX", xml), ("nmap -oG", grepable), ("masscan -oL", masscanList),
        ("masscan -oJ", masscanJSON), ("zmap CSV", zmap), ("zgrab2 JSON lines", zgrab),
    ]
}
