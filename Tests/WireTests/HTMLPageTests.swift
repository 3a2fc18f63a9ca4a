import Testing
import Wire

@Suite struct HTMLPageTests {
    @Test func titleLinksAndForms() {
        let page = HTMLPage(
            """
            <html><head><title>
              Cloud &amp; storage </title><base href="/app/"><meta http-equiv=Refresh content="5; URL='/login.php'">
            <script src="/static/app.js"></script><script>var home = "/data/User/";</script></head><body>
            <a href="news?id=1&amp;x=2">News</a><a name=x>no link</a><img src=logo.png>
            <form action=login><input type=text><input TYPE="PassWord" name=p></form>
            """.utf8
        )
        #expect(page.title == Array("Cloud & storage".utf8))
        #expect(
            page.links.map { String(decoding: $0, as: UTF8.self) } == [
                "/static/app.js", "news?id=1&x=2", "logo.png", "login",
            ]
        )
        #expect(page.hasPasswordField)
        #expect(page.refresh == Array("/login.php".utf8))
        #expect(page.base == Array("/app/".utf8))
        #expect(page.scripts == Array("var home = \"/data/User/\";".utf8))
    }

    @Test func wordsAboutPasswordsAreNoField() {
        let page = HTMLPage(
            "<p>type=password</p><!-- <input type=password> --><script><input type=password></script>".utf8
        )
        #expect(!page.hasPasswordField)
        #expect(page.title == nil)
    }

    @Test func linksAreBounded() {
        let page = HTMLPage(String(repeating: "<a href=x>", count: HTMLPage.maximumLinks + 5).utf8)
        #expect(page.links.count == HTMLPage.maximumLinks)
        #expect(page.linksLeftOut == 5)
    }
}
