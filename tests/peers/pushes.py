"""Encrypts and decrypts pushes with wechatpy, one line of JSON after the other.

    {"do": "encrypt", "token": …, "key": …, "id": …, "message": …, "nonce": …, "timestamp": …}
        gives {"body": …, "signature": …}
    {"do": "decrypt", "token": …, "key": …, "id": …, "body": …, "signature": …, "nonce": …, "timestamp": …}
        gives {"message": …}
    {"do": "check", "token": …, "signature": …, "nonce": …, "timestamp": …}
        gives {"good": …}
"""

import json
import sys

from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.utils import check_signature, to_text

import xmltodict


def encrypt(task):
    crypto = WeChatCrypto(task["token"], task["key"], task["id"])
    body = crypto.encrypt_message(task["message"], task["nonce"], task["timestamp"])
    return {"body": body, "signature": xmltodict.parse(body)["xml"]["MsgSignature"]}


def decrypt(task):
    crypto = WeChatCrypto(task["token"], task["key"], task["id"])
    body = json.loads(task["body"]) if task["body"].startswith("{") else task["body"]
    message = crypto.decrypt_message(body, task["signature"], task["timestamp"], task["nonce"])
    return {"message": to_text(message)}


def check(task):
    try:
        check_signature(task["token"], task["signature"], task["timestamp"], task["nonce"])
    except InvalidSignatureException:
        return {"good": False}
    return {"good": True}


for line in sys.stdin:
    task = json.loads(line)
    print(json.dumps({"encrypt": encrypt, "decrypt": decrypt, "check": check}[task["do"]](task)), flush=True)
