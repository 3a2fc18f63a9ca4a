/// Signs in the text of a request that it does more than read what is served to anyone.
///
/// Reading a request's text cannot know what a server makes of it. These are the marks of the families of attacks that
/// templates are written for; a sign that stands in a harmless request refuses it too, and that is the side to err on.
enum AttackSigns {
    /// Ways out of a folder, script, SQL, shell, template and lookup languages, line ends; all lower case.
    private static let signs = [
        "../", "..\\", "..;", "..%3b", "%2e%2e", "%2e.", ".%2e", "%252e", "..%2f", "..%5c", "..%25", "%c0%ae", "%00",
        "%0d", "%0a",
        "\\..", "/etc/passwd", "win.ini", "<script", "%3cscript", "javascript:", "<svg", "%3csvg", "<img", "%3cimg",
        "onerror=",
        "alert(", "confirm(", "prompt(", "union select", "union+select", "union%20select", "union all", "union+all",
        "union%20all", "sleep(", "benchmark(", "waitfor delay", "waitfor%20delay", "extractvalue(", "updatexml(",
        "' or ", "'+or+", "'%20or%20", "%27%20or", "'--", "%27--", "$(", "%24(", "`", ";id", "|id", ";cat", "|cat",
        "%7ccat",
        "cmd=", "command=", "exec=id", "exec=cat", "exec=whoami", "${", "%24%7b", "#{", "jndi:", "<?php", "%3c?php",
        "<%", "eval(", "system(",
        "passthru(",
        "phpinfo()", "getruntime", "processbuilder", "ognl", "class.module", "memberaccess", "!doctype", "<!entity",
        "\"><", "'><",
        "%22%3e", "%27%3e", "allow_url_include", "auto_prepend_file", "file://", "file%3a", "php://", "gopher://",
        "dict://", "expect://",
        "{{7*7", "7*7", "{{1337*", "o:8:", "ro0ab", "__proto__", "prototype[", "xp_cmdshell", "load_file(",
        "into outfile",
    ]

    static func first(in text: String) -> String? {
        let bytes = Array(text.utf8)
        return signs.first { Functions.contains(bytes, Array($0.utf8)) }
    }

    static func callOut(in text: String) -> String? {
        ["interactsh", "{{oast", ".oast.", "burpcollaborator", "dnslog", "interact.sh"].first { text.contains($0) }
    }

    /// An address beyond the one that is asked.
    static func foreignAddress(in text: String) -> String? {
        // The scheme of the address itself is no other address.
        let own = ["http://", "https://", "{{scheme}}://"].first { text.hasPrefix($0) } ?? ""
        let rest = String(text.dropFirst(own.count))
        return [
            "http://", "https://", "http%3a%2f%2f", "https%3a%2f%2f", "http:%2f%2f", "https:%2f%2f", "ldap://",
            "ftp://",
        ]
        .compactMap { sign in rest.firstRange(of: sign).map { String(rest[$0.lowerBound...]) } }.first
    }

    private static let credentialNames = [
        "password=", "passwd=", "pwd=", "j_password=", "pass=", "secret=", "api_key=", "apikey=", "access_token=",
        "auth_token=",
    ]

    /// A parameter that carries a secret.
    static func credential(in text: String) -> String? {
        guard let query = text.firstIndex(where: { $0 == "?" || $0 == ";" }) else { return nil }
        let parameters = text[query...].split(whereSeparator: { "?&;".contains($0) })
        return credentialNames.first { name in parameters.contains { $0.hasPrefix(name) && $0.count > name.count } }
    }

    private static let changes = [
        "/shutdown", "/reboot", "/restart", "action=delete", "action=remove", "action=create", "action=add",
        "cmd=delete",
        "/delete", "op=delete", "method=delete", "do=delete", "/logout", "action=logout", "/poweroff", "factory_reset",
        "factoryreset", "action=install", "action=update", "action=upload",
    ]

    static func change(in text: String) -> String? { changes.first { text.contains($0) } }
}
