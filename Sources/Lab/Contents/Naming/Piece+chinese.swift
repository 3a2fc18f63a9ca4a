import Domain

extension Piece {
    /// `灯笼狐_第05集_C088_原画.psd`, `第05集_镜头12_修改2.jpg`, `灯笼狐_Ｃ０８８_上色.png`; some in GBK.
    func chinese(in production: StorageWorld.Production) -> NamedPiece {
        let title = production.titles[0]
        let folder = "\(production.folder)/第\(episode.digits(2))集/"
        var work = WorkName()
        work.series = title
        work.episode = episode
        work.cut = cut.digits(3)
        work.step = step.english
        work.tradition = "chinese"
        var encoding = TextEncoding.utf8
        let inner: String
        if let frame {
            work.frame = frame
            return named(
                folder + "C\(cut.digits(3))_\(step.chinese)/",
                "C\(cut.digits(3))_\(step.chinese)_\(frame.digits(4)).\(fileExtension)",
                work,
                .utf8
            )
        } else if pattern % 5 == 0, let take {
            work.cut = String(cut)
            work.step = Step.retake.english
            work.take = take
            inner = "第\(episode.digits(2))集_镜头\(cut)_修改\(take).\(fileExtension)"
        } else if pattern % 5 == 1 {
            encoding = .gbk
            inner = "\(title)_第\(episode.digits(2))话_C\(cut.digits(3))_\(step.chinese).\(fileExtension)"
        } else if pattern % 5 == 2 {
            inner = "\(title)_第\(episode.wideDigits(2))集_Ｃ\(cut.wideDigits(3))_\(step.chinese).\(fileExtension)"
        } else {
            inner = "\(title)_第\(episode.digits(2))集_C\(cut.digits(3))_\(step.chinese).\(fileExtension)"
        }
        return named(folder, inner, work, encoding)
    }

    private func named(_ folder: String, _ inner: String, _ work: WorkName, _ encoding: TextEncoding) -> NamedPiece {
        // A title that GBK cannot write keeps its UTF-8 name.
        let bytes = encoding.bytes(of: inner)
        return NamedPiece(
            path: Array(folder.utf8) + (bytes ?? Array(inner.utf8)),
            work: work,
            evidence: .name,
            encoding: bytes == nil ? .utf8 : encoding
        )
    }
}
