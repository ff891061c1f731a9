"""Makes exchange packages as three generations of systems write them: one document, three namespaces.

Everything in them is invented.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
EDOC = "http://www.go.vn/eDoc"
SCHEMA = "http://www.e-doc.vn/Schema/"

SUBJECT = "V/v phối hợp rà soát hạ tầng & dữ liệu"
LETTER = (
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 218/SKHCN-CĐS\nĐông Bắc, ngày 14 tháng 3 năm 2024\n"
    "V/v phối hợp rà soát hạ tầng và dữ liệu\n\nKính gửi: Sở Tài chính\n\n"
    "Căn cứ Quyết định số 15/2021/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh Đông Bắc, Sở đề nghị phối hợp.\n"
)
ANNEX = "PHỤ LỤC\nDanh mục máy chủ cần rà soát\n"


def encoded(content: bytes | str) -> str:
    """Base64 in lines, as systems write it."""
    return base64.encodebytes(content.encode() if isinstance(content, str) else content).decode()


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A zip of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def qcvn_package(
    files: Mapping[str, bytes | str] | None = None,
    *,
    header: str = "",
    priority: str = "3",
    issued: str = "2024/03/14",
    number: str = "218",
    notation: str = "SKHCN-CĐS",
    response: str = "",
    manifest: bool = True,
) -> str:
    """A package of QCVN 102:2016/BTTTT; each file is zipped under a random name, as the exchange's own kit does.

    Args:
        files: Name to content; a string is a text file, bytes stand in the package as they are.
        header: What stands at the end of MessageHeader.
        priority: OtherInfo/Priority.
        issued: PromulgationDate.
        number: CodeNumber.
        notation: CodeNotation.
        response: What stands in ResponseFor.
        manifest: Whether the files are named in the manifest.
    """
    files = {"218.txt": LETTER, "phu-luc.txt": ANNEX} if files is None else files
    contents = {
        f"cid:{at}": (name, zipped({f"{at:08x}.txt": content}) if isinstance(content, str) else content)
        for at, (name, content) in enumerate(files.items())
    }
    references = "".join(
        f"<edXML:Reference><edXML:ContentId>{id}</edXML:ContentId><edXML:ContentType>application/zip</edXML:ContentType>"
        f"<edXML:AttachmentName>{escape(name)}</edXML:AttachmentName></edXML:Reference>"
        for id, (name, _) in contents.items()
    )
    named = f"<edXML:edXMLManifest version='1.0'>{references}</edXML:edXMLManifest>"
    attachments = "".join(
        f"<Attachment><ContentId>{id}</ContentId><AttachmentName>{escape(name)}</AttachmentName>"
        f"<edXML:ContentTransferEncoded xmlns:edXML='{QCVN}'>{encoded(content)}</edXML:ContentTransferEncoded>"
        "</Attachment>"
        for id, (name, content) in reversed(contents.items())
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{QCVN}">
 <edXML:edXMLEnvelope xmlns:edXML="{QCVN}">
  <edXML:edXMLHeader>
   <edXML:MessageHeader>
    <edXML:From><edXML:OrganId>H99.13</edXML:OrganId>
     <edXML:OrganizationInCharge>UBND tỉnh Đông Bắc</edXML:OrganizationInCharge>
     <edXML:OrganName>Sở Khoa học và Công nghệ tỉnh Đông Bắc</edXML:OrganName></edXML:From>
    <edXML:To><edXML:OrganId>H99.07</edXML:OrganId><edXML:OrganName>Sở Tài chính</edXML:OrganName></edXML:To>
    <edXML:To><edXML:OrganId>H99.08</edXML:OrganId><edXML:OrganName>Sở Y tế</edXML:OrganName></edXML:To>
    <edXML:DocumentId>H99.13,2024/03/14,218</edXML:DocumentId>
    <edXML:Code><edXML:CodeNumber>{number}</edXML:CodeNumber>
     <edXML:CodeNotation>{notation}</edXML:CodeNotation></edXML:Code>
    <edXML:PromulgationInfo><edXML:Place>Đông Bắc</edXML:Place>
     <edXML:PromulgationDate>{issued}</edXML:PromulgationDate></edXML:PromulgationInfo>
    <edXML:DocumentType><edXML:Type>2</edXML:Type><edXML:TypeDetail>0</edXML:TypeDetail>
     <edXML:TypeName>CÔNG VĂN</edXML:TypeName></edXML:DocumentType>
    <edXML:Subject>{escape(SUBJECT)}</edXML:Subject>
    <edXML:Content>Rà soát trước khi hợp nhất trung tâm dữ liệu</edXML:Content>
    <edXML:SignerInfo><edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence><edXML:Position>Phó Giám đốc</edXML:Position>
     <edXML:FullName>Nguyễn Thị Thử</edXML:FullName></edXML:SignerInfo>
    <edXML:DueDate>2024/03/29</edXML:DueDate>
    <edXML:ToPlaces><edXML:Place>Như trên</edXML:Place><edXML:Place>Lưu: VT, CĐS</edXML:Place></edXML:ToPlaces>
    <edXML:OtherInfo><edXML:Priority>{priority}</edXML:Priority><edXML:PageAmount>2</edXML:PageAmount></edXML:OtherInfo>
    <edXML:SteeringType>0</edXML:SteeringType>
    {f"<edXML:ResponseFor>{response}</edXML:ResponseFor>" if response else ""}{header}
   </edXML:MessageHeader>
   <edXML:TraceHeaderList>
    <edXML:TraceHeader><edXML:OrganId>H99.13</edXML:OrganId>
     <edXML:Timestamp>2024/03/14 16:59:02</edXML:Timestamp></edXML:TraceHeader>
    <edXML:TraceHeader><edXML:OrganId>H99.07</edXML:OrganId>
     <edXML:Timestamp>2024/03/15 07:31:40</edXML:Timestamp></edXML:TraceHeader>
    <edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness>
   </edXML:TraceHeaderList>
  </edXML:edXMLHeader>
  <edXML:edXMLBody>{named if manifest else ""}</edXML:edXMLBody>
 </edXML:edXMLEnvelope>
 <AttachmentEncoded>{attachments}</AttachmentEncoded>
</edXML>
"""


def older_package(namespace: str, *, bytes_before: str = "") -> str:
    """A package of the schemas before: the files in the manifest, the whole number in CodeNotation, days first."""
    return f"""{bytes_before}<?xml version="1.0" encoding="utf-8"?>
<EdXMLEnvelope xmlns="{namespace}">
 <MessageHeader>
  <From><OrganId>H99.13</OrganId><OrganName>Sở Khoa học và Công nghệ tỉnh Đông Bắc</OrganName></From>
  <To><OrganId>H99.07</OrganId><OrganName>Sở Tài chính</OrganName></To>
  <Code><CodeNumber>218</CodeNumber><CodeNotation>218/SKHCN-CĐS</CodeNotation></Code>
  <PromulgationInfo><Place>Đông Bắc</Place><PromulgationDate>14/03/2024</PromulgationDate></PromulgationInfo>
  <DocumentType><TypeName>Công văn</TypeName></DocumentType>
  <Subject>{escape(SUBJECT)}</Subject>
  <SignerInfo><Competence>Phó Giám đốc</Competence><FullName>Nguyễn Thị Thử</FullName></SignerInfo>
  <OtherInfo><Priority>0</Priority></OtherInfo>
 </MessageHeader>
 <TraceHeaderList><Business><BusinessDocType>0</BusinessDocType></Business></TraceHeaderList>
 <Manifest>
  <Attachment><ContentType>text/plain</ContentType><FileName>218.txt</FileName><Content>{encoded(LETTER)}</Content></Attachment>
  <Attachment><ContentType>text/plain</ContentType><FileName>phu-luc.txt</FileName><Content>{encoded(ANNEX)}</Content></Attachment>
 </Manifest>
</EdXMLEnvelope>
"""
