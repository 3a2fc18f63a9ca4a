import Domain
import Testing
import Vault

/// The examples of the Amazon S3 API reference, "Authenticating Requests: Using the Authorization Header".
@Suite struct RequestSignatureTests {
    private static let credentials = StoreCredentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    )
    private static let time = Timestamp("2013-05-24T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let host = (name: "Host", value: "examplebucket.s3.amazonaws.com")

    private func signature(_ request: RequestSignature.Request) throws -> String {
        let headers = RequestSignature(Self.credentials, region: "us-east-1").headers(for: request, at: Self.time)
        #expect(headers.contains { $0.name == "x-amz-date" && $0.value == "20130524T000000Z" })
        let value = try #require(headers.first { $0.name == "Authorization" }?.value)
        let id =
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;"
        #expect(value.hasPrefix(id))
        return String(value.suffix(64))
    }

    @Test func partOfAnObject() throws {
        let headers = [Self.host, (name: "Range", value: "bytes=0-9")]
        let expected = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        #expect(try signature(.init("GET", path: "/test.txt", headers: headers)) == expected)
    }

    @Test func anObjectIsStored() throws {
        let headers = [
            (name: "Date", value: "Fri, 24 May 2013 00:00:00 GMT"), Self.host,
            (name: "x-amz-storage-class", value: "REDUCED_REDUNDANCY"),
        ]
        let path = "/" + RequestSignature.encoded("test$file.text", keepingSlashes: true)
        let payload = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"
        let request = RequestSignature.Request("PUT", path: path, headers: headers, payload: payload)
        let signed = RequestSignature(Self.credentials, region: "us-east-1").headers(for: request, at: Self.time)
        let value = try #require(signed.first { $0.name == "Authorization" }?.value)
        #expect(value.hasSuffix("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"))
        #expect(value.contains("SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"))
    }

    @Test func aQueryWithoutAValue() throws {
        let expected = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        #expect(try signature(.init("GET", path: "/", query: [("lifecycle", "")], headers: [Self.host])) == expected)
    }

    @Test func aQueryInOrder() throws {
        let query = [(name: "prefix", value: "J"), (name: "max-keys", value: "2")]
        let expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        #expect(try signature(.init("GET", path: "/", query: query, headers: [Self.host])) == expected)
    }

    @Test func aSessionTokenIsSigned() throws {
        let credentials = StoreCredentials(accessKeyID: "A", secretKey: "B", sessionToken: "C")
        let signed = RequestSignature(credentials, region: "eu-central-1")
            .headers(for: .init("GET", path: "/", headers: [Self.host]), at: Self.time)
        #expect(signed.contains { $0.name == "x-amz-security-token" && $0.value == "C" })
        let value = try #require(signed.first { $0.name == "Authorization" }?.value)
        #expect(value.contains("x-amz-security-token") && value.contains("/eu-central-1/s3/"))
    }

    @Test func theDescriptionOfCredentialsHasNoSecret() {
        let credentials = StoreCredentials(accessKeyID: "AKIA", secretKey: "hidden", sessionToken: "token")
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped] {
            #expect(!text.contains("hidden") && !text.contains("token"), "\(text)")
        }
    }
}
