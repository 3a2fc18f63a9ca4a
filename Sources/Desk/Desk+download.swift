import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Vault

extension Desk {
    /// Sealed bytes, as a download whatever they are: a browser must not run what a stranger wrote.
    func download(_ request: BasicRequestContext) async throws -> Response {
        guard let digest = request.parameters.get("digest").flatMap({ Digest($0) }), vault.contains(digest) else {
            throw HTTPError(.notFound)
        }
        if let why = try catalogue.concealed(digest) { throw HTTPError(.gone, message: why.shown) }
        let (vault, heldBack) = (vault, heldBack)
        // Whoever tells may read all of it first.
        let why = try await blocking { () throws(VaultError) in heldBack(digest) }
        if let why { throw HTTPError(.gone, message: why.shown) }
        await handedOut(digest)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename=\"\(digest).bin\"",
            ],
            body: ResponseBody { writer in
                let payload = try vault.open(payload: digest)
                while let bytes = try payload.next(upTo: 1 << 16) { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            }
        )
    }
}
