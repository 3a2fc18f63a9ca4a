import Testing
import Wire

@Suite struct S3ReplyTests {
    @Test func anErrorSaysItsCodeAndMessage() {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>NoSuchKey</Code><Message>no &quot;a&amp;b&quot; here</Message><RequestId>1</RequestId></Error>
            """
        let reply = S3Reply(parsing: text.utf8)
        #expect(reply.isError)
        #expect(reply.code == "NoSuchKey")
        #expect(reply.message == "no \"a&b\" here")
        #expect(reply.uploadID == nil)
    }

    @Test func anUploadHasAName() {
        let text = """
            <InitiateMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Bucket>b</Bucket><Key>k</Key>\
            <UploadId>VXBsb2FkIElE.x-_~</UploadId></InitiateMultipartUploadResult>
            """
        let reply = S3Reply(parsing: text.utf8)
        #expect(!reply.isError)
        #expect(reply.uploadID == "VXBsb2FkIElE.x-_~")
    }

    @Test(arguments: ["", "<", "<Code>", "<Code>x", "<Code>x<y></Code>", "<Code>x</Other>", "<Co", "no XML at all"])
    func whatIsNoElementIsNothing(_ text: String) {
        #expect(S3Reply(parsing: text.utf8).code == nil)
    }

    @Test func anElementMayHaveOnlySoManyBytes() {
        func reply(_ count: Int) -> S3Reply {
            S3Reply(parsing: "<Code>\(String(repeating: "x", count: count))</Code>".utf8)
        }
        #expect(reply(S3Reply.longestText).code?.count == S3Reply.longestText)
        #expect(reply(S3Reply.longestText + 1).code == nil)
    }

    @Test func whatLiesBehindTheLongestDocumentIsNotRead() {
        let tail = "<Code>late</Code>"
        func reply(_ before: Int) -> S3Reply {
            S3Reply(parsing: String(repeating: " ", count: before).utf8 + Array(tail.utf8))
        }
        #expect(reply(S3Reply.longest - tail.utf8.count).code == "late")
        #expect(reply(S3Reply.longest - tail.utf8.count + 1).code == nil)
    }
}
