import Domain

extension Piece {
    /// `LHB_S2E04_SC012_KA_T2.psd`, `204-sc045-lo-v003.tga`, `lhb_204_012_ib.0001.tga`.
    func western(in production: StorageWorld.Production) -> NamedPiece {
        let code = production.codes[0]
        let number = "\(season)\(episode.digits(2))"
        let folder = "\(production.folder)/S\(season.digits(2))E\(episode.digits(2))/\(step.western)/"
        var work = WorkName()
        work.series = code
        work.season = season
        work.episode = episode
        work.scene = cut.digits(3)
        work.step = step.english
        work.tradition = "western"
        let path: String
        if let frame {
            work.frame = frame
            let stem = "\(code)_S\(season)E\(episode.digits(2))_SC\(cut.digits(3))_\(step.western)"
            path = "\(folder)SC\(cut.digits(3))/\(stem).\(frame.digits(4)).\(fileExtension)"
        } else if pattern % 3 == 0, let version {
            work.version = version
            path =
                "\(folder)\(number)-sc\(cut.digits(3))-\(step.western.lowercased())-v\(version.digits(3)).\(fileExtension)"
        } else {
            work.take = take ?? 1
            let stem = "\(code)_S\(season)E\(episode.digits(2))_SC\(cut.digits(3))_\(step.western)_T\(take ?? 1)"
            path = "\(folder)\(stem).\(fileExtension)"
        }
        return NamedPiece(path: Array(path.utf8), work: work, evidence: .name, encoding: .utf8)
    }

    /// `C012.png`, `C012_2.jpg`, `C045/0001.tga`: nothing but the cut.
    func bare(in production: StorageWorld.Production) -> NamedPiece {
        var work = WorkName()
        work.cut = cut.digits(3)
        let path: String
        if let frame {
            work.frame = frame
            path = "\(production.folder)/C\(cut.digits(3))/\(frame.digits(4)).\(fileExtension)"
        } else if let take, take > 1 {
            work.take = take
            path = "\(production.folder)/C\(cut.digits(3))_T\(take).\(fileExtension)"
        } else {
            path = "\(production.folder)/C\(cut.digits(3)).\(fileExtension)"
        }
        return NamedPiece(path: Array(path.utf8), work: work, evidence: .folder, encoding: .utf8)
    }
}
