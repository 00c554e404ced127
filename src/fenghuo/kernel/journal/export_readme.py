"""What lies beside every export: how anybody checks it with openssl alone."""

README = """\
烽火 日志导出
=============
journal.csv      供阅读的表格(UTF-8;以 = + - @ 或制表符开头的单元格前加了单引号,防止被当作公式)
journal.jsonl    供程序读取,每行一条,含封存原文 sealed(个人信息只以承诺值出现)
manifest.json    清单:筛选条件、导出人、时间、条数、首末序号、各文件的 SHA-256、最新封存根 newest_root
manifest.sig     清单的 Ed25519 签名(64 字节)
public_key.pem   签名所用公钥

核验方法(需要 OpenSSL 3):
 1. 核对公钥。公钥随文件一起给出,本身不能证明来源。请向导出单位另行索取公钥指纹
    (系统“日志审计”页,或在服务器上运行 fenghuo journal key),与下列命令的结果比对:
      openssl pkey -pubin -in public_key.pem -outform DER | openssl dgst -sha256
 2. 核验清单的签名,应显示 Signature Verified Successfully:
      openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in manifest.json -sigfile manifest.sig
 3. 计算文件摘要,应与 manifest.json 中 files 的 sha256 一致:
      openssl dgst -sha256 journal.csv journal.jsonl
装有烽火的电脑可一步完成:fenghuo journal check-export 文件.zip --key 公钥.pem

Fenghuo: export of the journal
==============================
journal.csv      a table to read (UTF-8; cells that begin with = + - @ or a tab have a ' in front, so that no
                 spreadsheet computes them)
journal.jsonl    for programs, one entry a line, with the sealed text (personal values only as commitments)
manifest.json    filter, who, when, number of entries, first and last position, SHA-256 of the files, newest root
manifest.sig     Ed25519 signature of the manifest (64 bytes)
public_key.pem   the public key it is signed with

How to check it (OpenSSL 3):
 1. The key. It came with the file and proves nothing by itself: ask the unit for the fingerprint by another way
    (it stands on the page "Journal", and `fenghuo journal key` prints it) and compare it with what this says:
      openssl pkey -pubin -in public_key.pem -outform DER | openssl dgst -sha256
 2. The signature of the manifest; it must say Signature Verified Successfully:
      openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in manifest.json -sigfile manifest.sig
 3. The files; what this prints must stand in manifest.json under files, sha256:
      openssl dgst -sha256 journal.csv journal.jsonl
With Fenghuo at hand, one step does it: fenghuo journal check-export FILE.zip --key KEY.pem
"""
