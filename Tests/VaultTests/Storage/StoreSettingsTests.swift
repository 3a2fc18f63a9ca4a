import Testing
import Vault

@Suite struct StoreSettingsTests {
    @Test(arguments: [
        "https://s3.example.org", "https://s3.example.org:9000", "https://192.0.2.1", "https://[2001:db8::1]:9000",
        "http://127.0.0.1:9000", "http://127.7.7.7", "http://localhost:9000", "http://[::1]:9000",
    ])
    func anEndpointIsTaken(_ endpoint: String) {
        #expect(StoreSettings(endpoint: endpoint, bucket: "evidence").problem == nil)
    }

    @Test(arguments: [
        "", "s3.example.org", "ftp://s3.example.org", "http://s3.example.org", "http://127.example.org",
        "http://192.0.2.1", "https://", "https://host:0", "https://host:x", "https://host/path", "https://user@host",
        "https://a b", "http://127.0.0.1.example.org",
    ])
    func anEndpointIsRefused(_ endpoint: String) {
        #expect(StoreSettings(endpoint: endpoint, bucket: "evidence").problem != nil)
    }

    @Test(arguments: ["", "ab", "A-bucket", "a..b", "a/b", "a b", ".abc", String(repeating: "a", count: 64)])
    func aBucketIsRefused(_ bucket: String) {
        #expect(StoreSettings(endpoint: "https://s3.example.org", bucket: bucket).problem != nil)
    }

    @Test(arguments: ["/a", "a/", "a//b", "../a", "a/..", "a b", "a?b", "ä"])
    func aPrefixIsRefused(_ prefix: String) {
        var settings = StoreSettings(endpoint: "https://s3.example.org", bucket: "evidence")
        settings.prefix = prefix
        #expect(settings.problem != nil)
        settings.prefix = "cases/2024_A.b-c"
        #expect(settings.problem == nil)
    }

    @Test func aSegmentHasAnUsualSize() {
        var settings = StoreSettings(endpoint: "https://s3.example.org", bucket: "evidence")
        for (size, isTaken) in [(0, false), (-1, false), (1, true), (65_536, true), (65_537, false)] {
            settings.segment = size
            #expect((settings.problem == nil) == isTaken)
        }
    }

    @Test func aBucketInTheHostNeedsAName() {
        var settings = StoreSettings(endpoint: "https://192.0.2.1", bucket: "evidence")
        settings.style = .host
        #expect(settings.problem != nil)
    }

    @Test func aFileOfCredentialsIsReadByItsSections() throws {
        let file = """
            # keys
            [default]
            aws_access_key_id = ONE
            aws_secret_access_key=abc/def=+

            [other]
            aws_access_key_id = TWO
            aws_secret_access_key = s
            aws_session_token = t
            [half]
            aws_access_key_id = THREE
            """
        let bytes = Array(file.utf8)
        #expect(StoreCredentials(file: bytes, profile: "default")?.accessKeyID == "ONE")
        #expect(StoreCredentials(file: bytes, profile: "other")?.accessKeyID == "TWO")
        #expect(StoreCredentials(file: bytes, profile: "half") == nil)
        #expect(StoreCredentials(file: bytes, profile: "none") == nil)
        let padding = [UInt8](repeating: UInt8(ascii: "#"), count: StoreCredentials.longestFile)
        #expect(StoreCredentials(file: padding + [10] + bytes, profile: "default") == nil)
    }
}
