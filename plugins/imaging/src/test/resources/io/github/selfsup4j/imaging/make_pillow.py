"""Makes pillow.npz: picture files of many kinds, and what Pillow 9.4.0 makes of each: Image.open(file).convert('RGB')."""
import io, struct, zlib
import numpy as np
from PIL import Image

rng = np.random.RandomState(7)
def smooth(h, w, c):
    y, x = np.mgrid[0:h, 0:w]
    planes = [127 + 100 * np.sin(x / (3.0 + k) + k) * np.cos(y / (4.0 + k)) + rng.randn(h, w) * 4 for k in range(c)]
    a = np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)
    return a[..., 0] if c == 1 else a
H, W = 21, 26
rgb = Image.fromarray(smooth(H, W, 3)); grey = Image.fromarray(smooth(H, W, 1))
rgba = Image.fromarray(smooth(H, W, 4), 'RGBA'); cmyk = Image.fromarray(smooth(H, W, 4), 'CMYK')
la = Image.merge('LA', [grey, Image.fromarray(smooth(H, W, 1))])
files = {}
def save(name, image, **kw):
    b = io.BytesIO(); image.save(b, **kw); files[name] = b.getvalue()
save('rgb.jpg', rgb, format='JPEG', quality=90); save('progressive.jpg', rgb, format='JPEG', progressive=True)
save('grey.jpg', grey, format='JPEG'); save('subsampled.jpg', rgb, format='JPEG', subsampling=2)
save('cmyk.jpg', cmyk, format='JPEG', quality=90)
exif = Image.Exif(); exif[0x0112] = 6
save('rotated.jpg', rgb, format='JPEG', exif=exif)
save('one.jpg', rgb.crop((0,0,1,1)), format='JPEG'); save('one.png', rgb.crop((0,0,1,1)), format='PNG'); save('one.gif', rgb.crop((0,0,1,1)), format='GIF')
# YCCK: the same entropy data declared as Adobe transform 2
j = bytearray(files['cmyk.jpg'])
at = j.find(b'Adobe'); y = bytearray(j); y[at+11] = 2; files['ycck.jpg'] = bytes(y)
# CMYK without Adobe marker
seg = j.find(b'\xff\xee'); n = struct.unpack('>H', j[seg+2:seg+4])[0]; files['cmyk-plain.jpg'] = bytes(j[:seg] + j[seg+2+n:])
save('rgb.png', rgb, format='PNG'); save('rgba.png', rgba, format='PNG'); save('la.png', la, format='PNG'); save('grey.png', grey, format='PNG')
save('palette.png', rgb.quantize(32), format='PNG')
save('palette-transparent.png', rgb.quantize(32), format='PNG', transparency=3)
save('palette-alphas.png', rgb.quantize(32), format='PNG', transparency=bytes(range(0,256,8)))
save('rgb-transparent.png', rgb, format='PNG', transparency=tuple(int(v) for v in np.array(rgb)[0,0]))
save('grey-transparent.png', grey, format='PNG', transparency=int(np.array(grey)[0,0]))
save('bits1.png', grey.convert('1'), format='PNG'); 
for b in (2, 4): save(f'palette-bits{b}.png', rgb.quantize(2**b), format='PNG', bits=b)
def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
def png(w, h, depth, color, rows, extra=b'', interlace=0):
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, depth, color, 0, 0, interlace)) + extra + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
def rows16(a): return b''.join(b'\0' + r.astype('>u2').tobytes() for r in a)
deep = (smooth(H, W, 3).astype(np.uint16) * 257 + rng.randint(0, 200, (H, W, 3))).clip(0, 65535).astype(np.uint16)
files['rgb16.png'] = png(W, H, 16, 2, rows16(deep.reshape(H, -1)))
files['grey16.png'] = png(W, H, 16, 0, rows16(deep[..., 0]))
files['grey16-dark.png'] = png(W, H, 16, 0, rows16(deep[..., 0] // 200))
d4 = np.concatenate([deep, deep[..., :1]], -1)
files['rgba16.png'] = png(W, H, 16, 6, rows16(d4.reshape(H, -1)))
files['la16.png'] = png(W, H, 16, 4, rows16(d4[..., :2].reshape(H, -1)))
for b in (2, 4):
    v = np.array(grey) >> (8 - b); per = 8 // b; padw = -(-W // per) * per
    v = np.pad(v, ((0, 0), (0, padw - W))); packed = np.zeros((H, padw // per), np.uint8)
    for k in range(per): packed |= (v[:, k::per] << (8 - b * (k + 1))).astype(np.uint8)
    files[f'grey-bits{b}.png'] = png(W, H, b, 0, b''.join(b'\0' + r.tobytes() for r in packed))
# interlaced rgb
a = np.array(rgb); out = b''
for (x0, y0, dx, dy) in [(0,0,8,8),(4,0,8,8),(0,4,4,8),(2,0,4,4),(0,2,2,4),(1,0,2,2),(0,1,1,2)]:
    part = a[y0::dy, x0::dx]
    if part.size: out += b''.join(b'\0' + r.tobytes() for r in part)
files['interlaced.png'] = png(W, H, 8, 2, out, interlace=1)
p = files['rgb.png']
def at_chunk(data, t): return data.find(t) - 4
i = at_chunk(p, b'IDAT'); n = struct.unpack('>I', p[i:i+4])[0]
bad = bytearray(p); bad[i + 8 + n] ^= 1; files['crc-idat.png'] = bytes(bad)
bad = bytearray(p); bad[8 + 8 + 13] ^= 1; files['crc-ihdr.png'] = bytes(bad)
bad = bytearray(p); bad[i + 8 + n - 2] ^= 1; files['adler.png'] = bytes(bad[:i]) + chunk(b'IDAT', bytes(bad[i+8:i+8+n])) + p[i+12+n:]
bad = bytearray(p); bad[-1] ^= 1; files['crc-iend.png'] = bytes(bad)
files['no-iend.png'] = p[:-12]; files['cut.png'] = p[:len(p)//2]; files['trailing.png'] = p + b'abc' * 10
t = chunk(b'tEXt', b'Comment\0hello'); tb = bytearray(t); tb[-1] ^= 1
files['crc-text.png'] = p[:33] + bytes(tb) + p[33:]
pp = files['palette.png']; k = at_chunk(pp, b'PLTE'); bad = bytearray(pp); m = struct.unpack('>I', pp[k:k+4])[0]; bad[k+8+m] ^= 1; files['crc-plte.png'] = bytes(bad)
files['cut.jpg'] = files['rgb.jpg'][:len(files['rgb.jpg'])*2//3]; files['trailing.jpg'] = files['rgb.jpg'] + b'abc'
c = bytearray(files['rgb.jpg']); s = c.find(b'\xff\xda') + 60; c[s:s+6] = bytes([0x12,0x34,0x56,0x78,0x9a,0x3c]); files['garbled.jpg'] = bytes(c)
files['empty.jpg'] = b''; files['text.jpg'] = b'this is no picture\n'
# GIF
frames = [Image.fromarray(smooth(H, W, 3)).quantize(16) for _ in range(3)]
save('animated.gif', frames[0], format='GIF', save_all=True, append_images=frames[1:], loop=0)
save('interlaced.gif', rgb.quantize(64), format='GIF', interlace=1); save('grey.gif', grey, format='GIF', interlace=0)
save('transparent.gif', rgb.quantize(16), format='GIF', transparency=2)
g = bytearray(files['animated.gif'])
def gif(screen, frame, place, transparent=None, palette=None, local=None, background=0):
    im = frame; w, h = im.size; b = io.BytesIO(); im.save(b, format='GIF', interlace=0); d = b.getvalue()
    bits = d[10] & 7; gct = d[13:13 + 3 * 2 ** (bits + 1)]; body = d[13 + len(gct):]
    body = body[body.find(b',') + 10:]
    out = b'GIF89a' + struct.pack('<HHBBB', *screen, 0 if local else (0x80 | bits), background, 0) + (b'' if local else gct)
    if transparent is not None: out += b'\x21\xf9\x04' + struct.pack('<BHB', 1, 0, transparent) + b'\0'
    out += b',' + struct.pack('<HHHHB', *place, w, h, (0x80 | bits) if local else 0) + (gct if local else b'') + body
    return out
part = rgb.crop((0, 0, 9, 7)).quantize(16)
files['placed.gif'] = gif((W, H), part, (5, 6), background=3); files['placed-transparent.gif'] = gif((W, H), part, (5, 6), transparent=4)
files['local.gif'] = gif((W, H), part, (0, 0), local=True); files['outside.gif'] = gif((8, 8), part, (5, 6))
files['cut.gif'] = files['interlaced.gif'][:len(files['interlaced.gif'])//2]
# others
save('rgb.bmp', rgb, format='BMP'); save('palette.bmp', rgb.quantize(32), format='BMP'); save('bits1.bmp', grey.convert('1'), format='BMP'); save('grey.bmp', grey, format='BMP'); save('rgba.bmp', rgba, format='BMP')
save('lossy.webp', rgb, format='WEBP', quality=80); save('lossless.webp', rgb, format='WEBP', lossless=True); save('rgba.webp', rgba, format='WEBP', lossless=True)
save('rgba-lossy.webp', rgba, format='WEBP', quality=80)
for name, im in dict(rgb=rgb, grey=grey, bits1=grey.convert('1'), palette=rgb.quantize(32), la=la).items():
    save(name + '.tif', im, format='TIFF')
save('lzw.tif', rgb, format='TIFF', compression='tiff_lzw'); save('deflate.tif', rgb, format='TIFF', compression='tiff_adobe_deflate')
files['rgb.ppm'] = b'P6\n%d %d\n255\n' % (W, H) + a.tobytes(); files['grey.pgm'] = b'P5\n%d %d\n255\n' % (W, H) + np.array(grey).tobytes()
pal2 = rgb.quantize(4); save('palette-short.png', pal2, format='PNG', bits=2)
q = files['palette-short.png']; k = at_chunk(q, b'PLTE'); files['palette-short.png'] = q[:k] + chunk(b'PLTE', q[k+8:k+14]) + q[k+12+struct.unpack('>I', q[k:k+4])[0]:]
arrays = {}
for name, data in files.items():
    arrays['file/' + name] = np.frombuffer(data, np.uint8)
    try:
        arrays['rgb/' + name] = np.array(Image.open(io.BytesIO(data)).convert('RGB'))
    except Exception as problem:
        print(name, 'is refused:', problem)
np.savez_compressed('pillow.npz', **arrays)
